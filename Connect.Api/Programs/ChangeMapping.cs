using Connect.Domain.Programs;

namespace Connect.Api.Programs;

/// <summary>Maps changes to the field and enum names of the API.</summary>
internal static class ChangeMapping
{
    private const string ListSeparator = " | ";

    public static ChangeItem ToItem(ProgramChange change) => new(change.Kind, change.ChangedAt, [.. change.Fields.Select(ToItem)]);

    /// <summary><c>budget_amount</c> becomes <c>budgetAmount</c>; the names of enums become those of the wire.</summary>
    internal static FieldChange ToItem(FieldChange field) => field.Field is "status" or "kind" or "target_types" or "sectors"
        ? new(Camel(field.Field), Enums(field.Old), Enums(field.New))
        : field with { Field = Camel(field.Field) };

    private static string Camel(string column)
    {
        var words = column.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Names of enums as those of the wire.</summary>
    public static string? Enums(string? names) =>
        names is null ? null : string.Join(ListSeparator, names.Split(ListSeparator).Select(WireJson.EnumNaming.ConvertName));
}
