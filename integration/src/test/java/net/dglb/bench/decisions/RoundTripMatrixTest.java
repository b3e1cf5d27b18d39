package net.dglb.bench.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.dglb.net.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripMatrixTest {

  private static final String CITIES =
      "id,city,country,latitude,longitude\n0,\"A, upon B\",C,10,20\n1,D,E,11.5,-21\n";

  @TempDir private Path directory = Path.of("");

  private RoundTripMatrix read(String cities, String matrix) throws IOException {
    Path first = Files.writeString(directory.resolve("cities.csv"), cities);
    Path second = Files.writeString(directory.resolve("matrix.csv"), matrix);
    return RoundTripMatrix.read(first, second);
  }

  @Test
  void readsCitiesAndTimes() throws IOException {
    RoundTripMatrix matrix = read(CITIES, "0,12.5\n13,0\n\n");
    assertThat(matrix.size()).isEqualTo(2);
    assertThat(matrix.location(0)).isEqualTo(new Location(10, 20));
    assertThat(matrix.location(1)).isEqualTo(new Location(11.5, -21));
    assertThat(matrix.millis(0, 1)).isEqualTo(12.5);
    assertThat(matrix.millis(1, 0)).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1;2,x | matrix.csv:2: \"x\" (expected a number)",
        "0,1;2 | matrix.csv:2: 1 numbers (expected one for each of 2 cities)",
        "0,-1;2,0 | matrix.csv:1: -1 ms (expected 0 to 60000)",
        "0,NaN;2,0 | matrix.csv:1: NaN ms (expected 0 to 60000)",
        "0,1 | matrix.csv: 1 rows (expected one for each of the 2 cities",
        "0,;2,0 | matrix.csv:1: column 2 is empty (expected the milliseconds of every path; leave",
        "0,1;;,0 | matrix.csv:3: column 1 is empty (expected the milliseconds of every path; leave"
      })
  void saysWhereTheMatrixIsWrong(String rows, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(CITIES, rows.replace(';', '\n')))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,A,B,91,0 | cities.csv:2: latitude: 91.0",
        "0,A,B,north,0 | cities.csv:2: \"north\" (expected a number)",
        "0,A,B | cities.csv:2: 3 columns"
      })
  void saysWhereTheCitiesAreWrong(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("heading\n" + line, "0"))
        .withMessageContaining(message);
  }
}
