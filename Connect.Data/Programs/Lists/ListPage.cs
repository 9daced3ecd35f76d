using System.Collections.Immutable;
using Connect.Data.Caching;

namespace Connect.Data.Programs.Lists;

/// <summary>The programs of a page.</summary>
/// <param name="Rows">The programs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record ListPage(ImmutableArray<ProgramRow> Rows, ListPosition? Next);

/// <summary>A program and where a search has found it.</summary>
/// <param name="Row">The program.</param>
/// <param name="Place">See <see cref="ListStage.Place"/>.</param>
internal sealed record PlacedRow(ProgramRow Row, int Place);
