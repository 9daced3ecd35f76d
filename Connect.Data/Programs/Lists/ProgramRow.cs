using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Programs.Lists;

/// <summary>A program in a list.</summary>
/// <param name="Id">The program's id.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Status">As stored; <see cref="StatusAt(DateTimeOffset)"/> is what it is at a moment.</param>
/// <param name="Ministry">부처명.</param>
/// <param name="Category">The board's category.</param>
/// <param name="Sectors">Sectors as classified; empty means general.</param>
/// <param name="BudgetAmount">Whole KRW; null where not announced.</param>
/// <param name="PublishedAt">공고일; null where not announced.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="AnnouncementUrl">Absolute address of the announcement.</param>
[ImmutableObject(true)]
public sealed record ProgramRow(
    Guid Id, string Title, Agency Agency, ProgramKind Kind, ProgramStatus Status, string? Ministry, string? Category,
    ImmutableArray<Sector> Sectors, long? BudgetAmount, DateTimeOffset? PublishedAt, DateTimeOffset? Deadline, string AnnouncementUrl)
{
    /// <summary>A stored program.</summary>
    public static ProgramRow Of(FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new(
            program.Id, program.Title, program.Agency, program.Kind, program.Status, program.Ministry, program.Category, [.. program.Sectors],
            program.BudgetAmount, program.PublishedAt, program.Deadline, program.AnnouncementUrl);
    }

    /// <summary>Its status at a moment: a worker writes it some time after the deadline has passed.</summary>
    public ProgramStatus StatusAt(DateTimeOffset now) => StatusAt(Status, Deadline, now);

    /// <summary>The status at a moment of a program with this stored status and deadline.</summary>
    public static ProgramStatus StatusAt(ProgramStatus status, DateTimeOffset? deadline, DateTimeOffset now) =>
        status is ProgramStatus.Active or ProgramStatus.Upcoming && deadline < now ? ProgramStatus.Expired : status;
}

/// <summary>A page of a list and the moment it is of.</summary>
/// <param name="Rows">Its programs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Facets">Counts of the whole list; null where they were not asked for.</param>
/// <param name="ComputedAt">When it was read from the database.</param>
/// <param name="ValidUntil">The earliest deadline by which a program of it, or one that was counted, closes.</param>
[ImmutableObject(true)]
public sealed record ProgramListPage(
    ImmutableArray<ProgramRow> Rows, ListPosition? Next, ListFacets? Facets, DateTimeOffset ComputedAt, DateTimeOffset? ValidUntil) : IExpiringValue;

/// <summary>The programs of a page.</summary>
/// <param name="Rows">The programs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record ListPage(ImmutableArray<ProgramRow> Rows, ListPosition? Next);

/// <summary>A program and where a search has found it.</summary>
/// <param name="Row">The program.</param>
/// <param name="Place">See <see cref="ListStage.Place"/>.</param>
internal sealed record PlacedRow(ProgramRow Row, int Place);
