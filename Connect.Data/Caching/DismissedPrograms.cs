using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Data.Caching;

/// <summary>The programs that an organization has dismissed, as they are cached.</summary>
/// <param name="ProgramIds">Their ids in ascending order, open or not: a program that is opened again stays dismissed.</param>
[ImmutableObject(true)]
public sealed record DismissedPrograms(ImmutableArray<Guid> ProgramIds)
{
    /// <summary>No programs.</summary>
    public static DismissedPrograms None { get; } = new([]);

    /// <summary>Whether a program is among them.</summary>
    public bool Contains(Guid programId) => ProgramIds.BinarySearch(programId) >= 0;
}
