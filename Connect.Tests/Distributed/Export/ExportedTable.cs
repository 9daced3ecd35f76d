using System.Text;
using ExcelDataReader;

namespace Connect.Tests.Distributed.Export;

/// <summary>Reads exported tables by libraries that have not written them.</summary>
internal static class ExportedTable
{
    static ExportedTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of a CSV file, as .NET's own parser for delimited text reads them.</summary>
    public static List<string[]> ReadCsv(byte[] file)
    {
        List<string[]> rows = [];
        using var parser = new Microsoft.VisualBasic.FileIO.TextFieldParser(new MemoryStream(file), Encoding.UTF8)
        {
            Delimiters = [","],
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = false,
        };
        while (!parser.EndOfData)
        {
            rows.Add(parser.ReadFields()!);
        }

        return rows;
    }

    /// <summary>The rows of a workbook's only sheet.</summary>
    public static List<object?[]> ReadXlsx(byte[] file)
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file));
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        Assert.Equal(1, reader.ResultsCount);
        return rows;
    }
}
