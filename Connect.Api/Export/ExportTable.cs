namespace Connect.Api.Export;

/// <summary>The format of an exported table.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the encoding.</summary>
    Csv,

    /// <summary>A workbook of Excel (Office Open XML).</summary>
    Xlsx,
}

/// <summary>A table that is exported. Names of columns are part of the contract: they stay, and new columns come last.</summary>
/// <param name="Name">Of the file, without extension, and of the sheet.</param>
/// <param name="Columns">The columns, in order.</param>
internal sealed record ExportTable<T>(string Name, IReadOnlyList<ExportColumn<T>> Columns)
{
    /// <summary>The names of the columns.</summary>
    public IEnumerable<string> Names => Columns.Select(column => column.Name);
}

/// <summary>A column.</summary>
/// <param name="Name">In the first row.</param>
/// <param name="Read">Its value: text, whole number, moment, yes or no, or null for an empty cell.</param>
internal sealed record ExportColumn<T>(string Name, Func<T, object?> Read);
