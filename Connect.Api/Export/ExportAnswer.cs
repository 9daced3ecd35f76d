using System.Net.Mime;
using System.Reflection;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Export;

/// <summary>
/// 200 with a table that is written while its rows are read. Where reading fails after the first row, the connection is ended, so that a part
/// of a table is not taken for the whole.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="format">Its format.</param>
/// <param name="rows">Its rows.</param>
/// <param name="now">The day in the name of the file.</param>
internal sealed class ExportAnswer<T>(ExportTable<T> table, ExportFormat format, IAsyncEnumerable<T> rows, DateTimeOffset now)
    : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [MediaTypeNames.Text.Csv, XlsxWriter.MediaType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, aborted) = (httpContext.Response, httpContext.RequestAborted);
        await using var reading = rows.GetAsyncEnumerator(aborted);

        // Before the answer begins: a database that is away is answered with 503.
        var hasRow = await reading.MoveNextAsync();
        response.ContentType = format == ExportFormat.Csv ? $"{MediaTypeNames.Text.Csv}; charset=utf-8" : XlsxWriter.MediaType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment)
        {
            FileName = $"{table.Name}-{SeoulTime.DateOf(now):yyyy-MM-dd}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}",
        }.ToString();
        await using var body = new BodyStream(response.BodyWriter);
        await using IExportWriter writer = format == ExportFormat.Csv
            ? new CsvTableWriter(body)
            : await XlsxWriter.CreateAsync(body, table.Name, aborted);
        await writer.WriteAsync(table.Names.ToArray<object?>(), aborted);
        await writer.FlushAsync(aborted);
        await body.FlushAsync(aborted);
        var cells = new object?[table.Columns.Count];
        for (; hasRow; hasRow = await reading.MoveNextAsync())
        {
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = table.Columns[column].Read(reading.Current);
            }

            await writer.WriteAsync(cells, aborted);
        }

        await writer.EndAsync(aborted);
        await body.FlushAsync(aborted);
    }
}
