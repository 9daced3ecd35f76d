namespace Connect.Api.Export;

/// <summary>Writes a table, row by row.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    /// <summary>Writes a row; of the first one the cells are the names of the columns.</summary>
    /// <param name="cells">Texts, whole numbers, moments, yes or no, or nulls.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask WriteAsync(ReadOnlyMemory<object?> cells, CancellationToken cancellationToken);

    /// <summary>Sends what is written so far, as far as the format allows.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Writes the end of the table. Without it the table is not whole.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
