using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Connect.Domain.Programs;
using SpreadCheetah;
using SpreadCheetah.Worksheets;

namespace Connect.Api.Export;

/// <summary>
/// Writes a workbook with one sheet, whose first row stays in view. Its texts are typed as texts, so that none is a formula. Moments are
/// Seoul's, because cells have no zone.
/// </summary>
internal sealed partial class XlsxWriter : IExportWriter
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // Excel's limit, in UTF-16 code units.
    private const int LongestText = 32_767;

    // The format lets cells go without their places, and Excel finds them; other programs, such as Gnumeric, do not.
    private static readonly SpreadCheetahOptions Options = new()
    {
        CompressionLevel = SpreadCheetahCompressionLevel.Fastest,
        WriteCellReferenceAttributes = true,
    };

    private readonly Spreadsheet _spreadsheet;
    private readonly List<DataCell> _row = [];

    private XlsxWriter(Spreadsheet spreadsheet) => _spreadsheet = spreadsheet;

    public static async ValueTask<XlsxWriter> CreateAsync(Stream stream, string sheet, CancellationToken cancellationToken)
    {
        var spreadsheet = await Spreadsheet.CreateNewAsync(stream, Options, cancellationToken);
        await spreadsheet.StartWorksheetAsync(sheet, new WorksheetOptions { FrozenRows = 1 }, cancellationToken);
        return new XlsxWriter(spreadsheet);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<object?> cells, CancellationToken cancellationToken)
    {
        _row.Clear();
        foreach (var cell in cells.Span)
        {
            _row.Add(cell switch
            {
                null => default,
                string text => new DataCell(Writable(text)),
                long number => new DataCell(number),
                int number => new DataCell(number),
                bool yes => new DataCell(yes),
                DateTimeOffset moment => new DataCell(moment.ToOffset(SeoulTime.Offset).DateTime),
                _ => throw new ArgumentException($"No cell holds a value of type {cell.GetType()}.", nameof(cells)),
            });
        }

        return _spreadsheet.AddRowAsync(_row, cancellationToken);
    }

    // The archive is compressed in blocks.
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask EndAsync(CancellationToken cancellationToken) => _spreadsheet.FinishAsync(cancellationToken);

    public ValueTask DisposeAsync() => _spreadsheet.DisposeAsync();

    // What Excel would read as the code of a character (ECMA-376, part 1, 22.4.2.4, ST_Xstring).
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex CodeStart { get; }

    // The text without characters that XML does not have, and no longer than a cell.
    private static string Writable(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
        }

        text = CodeStart.Replace(text, "_x005F_");
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var writable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair comes as U+FFFD.
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                writable.Append(rune.ToString());
            }
        }

        return writable.ToString();
    }
}
