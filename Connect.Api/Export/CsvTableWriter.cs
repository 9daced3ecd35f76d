using System.Buffers;
using Connect.Domain.Programs;
using CsvHelper;

namespace Connect.Api.Export;

/// <summary>
/// Writes CSV (RFC 4180). Moments are Seoul's, as spreadsheets read them. A text that a spreadsheet would take for a formula gets an
/// apostrophe in front, and every text is quoted, so that none begins a new cell where another sign separates cells
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal sealed class CsvTableWriter(Stream stream) : IExportWriter
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss";

    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, TrueValue = "TRUE", FalseValue = "FALSE" };

    // The full-width forms too, which the library does not know: spreadsheets of East Asia read them alike.
    private static readonly SearchValues<char> FormulaSigns = SearchValues.Create("=+-@＝＋－＠");

    private readonly CsvWriter _csv = CsvWriter.Create(stream, Options, leaveOpen: true);

    public async ValueTask WriteAsync(ReadOnlyMemory<object?> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells.Span)
        {
            Write(cell);
        }

        await _csv.EndRecordAsync(cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => _csv.FlushAsync(cancellationToken);

    public ValueTask EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    // Not the library's own disposal, which writes what is buffered of a table that is not whole.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(object? cell)
    {
        switch (cell)
        {
            case string text:
                _csv.WriteField(Harmless(text), CsvQuoting.Always);
                break;
            case DateTimeOffset moment:
                _csv.WriteField(moment.ToOffset(SeoulTime.Offset), MomentFormat);
                break;
            default:
                _csv.WriteField(cell);
                break;
        }
    }

    /// <summary>The text, with an apostrophe in front where it would be a formula, after blanks too.</summary>
    internal static string Harmless(string text)
    {
        var first = text.AsSpan().TrimStart();
        return (first.Length > 0 && FormulaSigns.Contains(first[0])) || text is ['\t' or '\r' or '\n', ..] ? $"'{text}" : text;
    }
}
