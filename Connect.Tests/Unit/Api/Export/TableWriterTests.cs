using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Connect.Api.Export;
using Connect.Api.Matches;
using Connect.Api.Programs;
using Connect.Tests.Distributed.Export;

namespace Connect.Tests.Unit.Api.Export;

/// <summary>What stands in exported tables.</summary>
public sealed class TableWriterTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=HYPERLINK(\"http://localhost\";\"x\")", true)]
    [InlineData("+82-2-000-0000", true)]
    [InlineData("-1+1", true)]
    [InlineData("@SUM(1;1)", true)]
    [InlineData("\t=1", true)]
    [InlineData("\r=1", true)]
    [InlineData("\n1", true)]
    [InlineData("  =1", true)]
    [InlineData("\u00a0=1", true)]
    [InlineData("＝1", true)]
    [InlineData("＋1", true)]
    [InlineData("－1", true)]
    [InlineData("＠SUM(1)", true)]
    [InlineData("2026년도 A=B 공고", false)]
    [InlineData("'따옴표", false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    public async Task Csv_has_no_formula(string text, bool isChanged)
    {
        var row = (await ReadCsvAsync([text, "끝"]))[0];

        Assert.Equal(isChanged ? $"'{text}" : text, row[0]);
        Assert.Equal("끝", row[1]);
    }

    [Theory]
    [InlineData("한글, \"따옴표\"\r\n둘째 줄;셋째")]
    [InlineData("a;=1+1")]
    [InlineData("😀 𝟙")]
    public async Task Both_formats_keep_texts_as_they_are(string text)
    {
        Assert.Equal(text, (await ReadCsvAsync([text]))[0][0]);
        Assert.Equal(text.Replace("\r\n", "\n", StringComparison.Ordinal), ((string)(await ReadXlsxAsync([text]))[0][0]!).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "=1+1")]
    [InlineData("제어\u0001문자\u001f\ufffe", "제어문자")]
    [InlineData("_x0041_", "_x0041_")]
    public async Task Xlsx_has_texts_that_are_no_formulas_and_that_xml_can_hold(string text, string expected)
    {
        var read = (await ReadXlsxAsync([text]))[0];

        Assert.Equal(expected, read[0]);
    }

    [Fact]
    public async Task Xlsx_replaces_half_a_pair_of_surrogates() => Assert.Equal("반쪽\ufffd", (await ReadXlsxAsync(["반쪽\ud83d"]))[0][0]);

    /// <summary>The format lets cells go without their places; programs such as Gnumeric refuse that.</summary>
    [Fact]
    public async Task Xlsx_has_the_places_of_its_cells()
    {
        using var stream = new MemoryStream();
        await using var writer = await XlsxWriter.CreateAsync(stream, "programs", CancellationToken);
        await writer.WriteAsync(new object?[] { "가", 1, null, true }, CancellationToken);
        await writer.EndAsync(CancellationToken);

        using var archive = new ZipArchive(new MemoryStream(stream.ToArray()));
        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var cells = XDocument.Load(sheet).Descendants().Where(element => element.Name.LocalName == "c");

        Assert.Equal(["A1", "B1", "C1", "D1"], cells.Select(cell => cell.Attribute("r")?.Value));
    }

    [Fact]
    public async Task Xlsx_cuts_texts_that_no_cell_holds()
    {
        var text = new string('가', 32_766) + "😀가";

        Assert.Equal(new string('가', 32_766), (await ReadXlsxAsync([text]))[0][0]);
    }

    [Fact]
    public async Task Values_have_the_types_of_spreadsheets()
    {
        object?[] cells = [8_500_000_000L, 7, true, false, null, new DateTimeOffset(2026, 3, 1, 14, 59, 59, TimeSpan.Zero)];

        Assert.Equal(["8500000000", "7", "TRUE", "FALSE", "", "2026-03-01 23:59:59"], (await ReadCsvAsync(cells))[0]);
        Assert.Equal([8_500_000_000d, 7d, true, false, null, new DateTime(2026, 3, 1, 23, 59, 59)], (await ReadXlsxAsync(cells))[0]);
    }

    [Fact]
    public async Task Table_that_is_not_ended_is_not_taken_for_a_whole_one()
    {
        using var stream = new MemoryStream();
        await using (var writer = await XlsxWriter.CreateAsync(stream, "programs", CancellationToken))
        {
            await writer.WriteAsync(new object?[] { "title" }, CancellationToken);
        }

        Assert.ThrowsAny<Exception>(() => ExportedTable.ReadXlsx(stream.ToArray()));
    }

    /// <summary>Names are a promise: none is changed or moved, new ones come last.</summary>
    [Fact]
    public void Columns_are_those_that_were_promised()
    {
        Assert.Equal(
            ["id", "title", "agency", "kind", "status", "ministry", "category", "sectors", "budgetAmount", "publishedAt", "deadline", "announcementUrl"],
            ProgramExports.TableAt(DateTimeOffset.UnixEpoch).Names);
        Assert.Equal(
            [
                "id", "score", "industryPoints", "trlPoints", "typePoints", "rndPoints", "deadlinePoints", "summary", "programId", "title", "agency", "category",
                "budgetAmount", "deadline", "daysLeft", "announcementUrl",
            ],
            MatchExports.Ranking.Names);
        Assert.Equal(
            [
                "id", "score", "industryPoints", "trlPoints", "typePoints", "rndPoints", "deadlinePoints", "saved", "viewed", "status", "dismissalReason", "note",
                "statusAt", "markedAt", "markedBy", "computedAt", "programId", "title", "agency", "category", "programStatus", "budgetAmount", "deadline",
                "daysLeft", "announcementUrl",
            ],
            MatchExports.Stored.Names);
    }

    private static async Task<List<string[]>> ReadCsvAsync(object?[] cells)
    {
        using var stream = new MemoryStream();
        await using var writer = new CsvTableWriter(stream);
        await writer.WriteAsync(cells, CancellationToken);
        await writer.EndAsync(CancellationToken);
        var bytes = stream.ToArray();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        return ExportedTable.ReadCsv(bytes);
    }

    private static async Task<List<object?[]>> ReadXlsxAsync(object?[] cells)
    {
        using var stream = new MemoryStream();
        await using var writer = await XlsxWriter.CreateAsync(stream, "programs", CancellationToken);
        await writer.WriteAsync(cells, CancellationToken);
        await writer.EndAsync(CancellationToken);
        return ExportedTable.ReadXlsx(stream.ToArray());
    }
}
