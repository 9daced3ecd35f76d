using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Caching;

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
