using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Connect.ScraperWorker.Stage;

/// <summary>
/// The columns of <c>programs</c>, as Entity Framework maps them. COPY and the merge take their columns from the model, so that a
/// new column cannot be forgotten here.
/// </summary>
internal sealed class ProgramColumns
{
    private readonly IProperty[] _properties;
    private readonly string[] _storeTypes;

    public ProgramColumns(IModel model)
    {
        var entity = model.FindEntityType(typeof(FundingProgram))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _properties = [.. entity.GetProperties()];
        _storeTypes = [.. _properties.Select(WireType)];
        Names = [.. _properties.Select(property => property.GetColumnName(table)!)];
    }

    /// <summary>Their names, in the model's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Writes a row's columns in the order of <see cref="Names"/>.</summary>
    public async Task WriteAsync(NpgsqlBinaryImporter importer, FundingProgram program, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _properties.Length; i++)
        {
            var property = _properties[i];
            var value = property.GetGetter().GetClrValue(program);
            var stored = property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
            if (stored is null)
            {
                await importer.WriteNullAsync(cancellationToken);
            }
            else
            {
                await importer.WriteAsync(stored, _storeTypes[i], cancellationToken);
            }
        }
    }

    // COPY needs the type's name without a length.
    private static string WireType(IProperty property)
    {
        var name = property.GetColumnType();
        return name.StartsWith("character varying", StringComparison.Ordinal) ? "text" : name;
    }
}
