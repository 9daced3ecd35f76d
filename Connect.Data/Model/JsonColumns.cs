using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Connect.Data.Model;

/// <summary>Columns that hold a value as JSON.</summary>
internal static class JsonColumns
{
    public static ValueConverter<T, string> ToText<T>() => new(value => ProgramJson.Write(value), text => ProgramJson.Read<T>(text));

    /// <summary>Compares by stored JSON: records that hold arrays are otherwise equal only to themselves.</summary>
    public static ValueComparer<T> Comparer<T>() => new(
        (left, right) => ProgramJson.Write(left) == ProgramJson.Write(right),
        value => StringComparer.Ordinal.GetHashCode(ProgramJson.Write(value)),
        value => value);
}
