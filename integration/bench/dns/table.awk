# Makes tables of the rounds' results: medians, and medians of the ratios to ours within a round.
# Input: a file "name MiB", then one "row name round user system qps p50 p99 answered octets".

function median(list, count,    i, j, t) {
  for (i = 2; i <= count; i++) {
    t = list[i]
    for (j = i - 1; j >= 1 && list[j] > t; j--) list[j + 1] = list[j]
    list[j + 1] = t
  }
  return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

function middle(row, name, field,    r, n, list) {
  for (r = 1; r <= rounds; r++) if ((row, name, r, field) in value) list[++n] = value[row, name, r, field]
  return n ? median(list, n) : 0
}

# The median over the rounds of name's value divided by other's in the same round.
function ratio(row, name, other, field,    r, n, list) {
  for (r = 1; r <= rounds; r++)
    if (value[row, other, r, field] > 0 && (row, name, r, field) in value)
      list[++n] = value[row, name, r, field] / value[row, other, r, field]
  return n ? sprintf("%.2f", median(list, n)) : "-"
}

FNR == NR { memory[$1] = $2; next }
{
  if (!($1 in seen)) { seen[$1] = 1; row_names[++row_count] = $1 }
  if (!(($1, $2) in member)) { member[$1, $2] = 1; members[$1] = members[$1] " " $2 }
  if ($3 > rounds) rounds = $3
  value[$1, $2, $3, "user"] = $4
  value[$1, $2, $3, "system"] = $5
  value[$1, $2, $3, "cpu"] = $4 + $5
  value[$1, $2, $3, "qps"] = $6
  value[$1, $2, $3, "p50"] = $7
  value[$1, $2, $3, "p99"] = $8
  value[$1, $2, $3, "good"] = $9
  value[$1, $2, $3, "octets"] = $10
}

END {
  title["plain"] = "UDP, a balanced A record, saturated"
  title["options"] = "UDP with client subnet and cookie, saturated"
  title["many"] = "UDP, each query from another source, saturated (backbone: 1,000,000 prefixes)"
  title["signed"] = "UDP with the DO bit, saturated: a signed zone, and the same answer without signatures"
  title["tcp"] = "TCP, 8 connections with 32 queries under way on each"
  title["paced"] = "UDP, 20,000 queries per second: latency in microseconds"
  for (i = 1; i <= row_count; i++) {
    row = row_names[i]
    printf "\n### %s\n\n", title[row]
    paced = row == "paced"
    if (paced) print "| server | p50 | p99 | p99, c = 1 | p99, ours = 1 | CPU us | MiB |\n| --- | --- | --- | --- | --- | --- | --- |"
    else print "| server | CPU us | user | system | CPU, c = 1 | CPU, ours = 1 | queries/s | octets | MiB |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    n = split(members[row], names, " ")
    for (j = 1; j <= n; j++) {
      s = names[j]
      note = middle(row, s, "good") < 0.999 && s != "c" ? " (" int(middle(row, s, "good") * 100) " % answered)" : ""
      if (paced)
        printf "| %s%s | %.1f | %.1f | %s | %s | %.2f | %s |\n", s, note, middle(row, s, "p50"), middle(row, s, "p99"),
          ratio(row, s, "c", "p99"), ratio(row, s, "ours", "p99"), middle(row, s, "cpu"), memory[s]
      else
        printf "| %s%s | %.2f | %.2f | %.2f | %s | %s | %.0f | %.0f | %s |\n", s, note, middle(row, s, "cpu"),
          middle(row, s, "user"), middle(row, s, "system"), ratio(row, s, "c", "cpu"), ratio(row, s, "ours", "cpu"),
          middle(row, s, "qps"), middle(row, s, "octets"), memory[s]
    }
  }
}
