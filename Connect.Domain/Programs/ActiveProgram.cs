using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Organizations;

namespace Connect.Domain.Programs;

/// <summary>An open or upcoming program as matching needs it: no description.</summary>
/// <param name="Id">The program's id.</param>
/// <param name="Title">Its title, as announced.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Ministry">The ministry behind it (부처명); null where unknown. Never a source of keywords.</param>
/// <param name="Category">The board's category; null where it has none.</param>
/// <param name="Keywords">Keywords, as published or as extracted from the description.</param>
/// <param name="TargetTypes">The types of organizations that may apply; empty means no restriction.</param>
/// <param name="MinTrl">Lowest technology readiness level, 1 to 9; null for none.</param>
/// <param name="MaxTrl">Highest technology readiness level, 1 to 9; null for none.</param>
/// <param name="BudgetAmount">Whole KRW; null where not announced.</param>
/// <param name="Deadline">Last moment to apply; null where not announced or rolling.</param>
/// <param name="IsUmbrella">
/// Whether it has neither deadline nor start nor budget: an announcement that programs will follow. An upcoming program is none:
/// its own call follows.
/// </param>
/// <param name="Traits">The classification of its text.</param>
/// <param name="AnnouncementUrl">Absolute address of the announcement.</param>
[ImmutableObject(true)]
public sealed record ActiveProgram(
    Guid Id,
    string Title,
    Agency Agency,
    string? Ministry,
    string? Category,
    ImmutableArray<string> Keywords,
    ImmutableArray<OrganizationType> TargetTypes,
    int? MinTrl,
    int? MaxTrl,
    long? BudgetAmount,
    DateTimeOffset? Deadline,
    bool IsUmbrella,
    ProgramTraits Traits,
    string AnnouncementUrl)
{
    /// <summary>A stored program of any status as matching needs it.</summary>
    public static ActiveProgram Of(FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new(
            program.Id, program.Title, program.Agency, program.Ministry, program.Category, [.. program.Keywords], [.. program.TargetTypes],
            program.MinTrl, program.MaxTrl, program.BudgetAmount, program.Deadline,
            program is { Deadline: null, ApplicationStart: null, BudgetAmount: null, Status: not ProgramStatus.Upcoming }, program.Traits, program.AnnouncementUrl);
    }
}

/// <summary>All open programs, or all upcoming ones, in the order of deadline (none last), then id.</summary>
/// <param name="Programs">The programs that were so when the list was read.</param>
/// <param name="ComputedAt">When the list was read from the database.</param>
[ImmutableObject(true)]
public sealed record ActiveProgramList(ImmutableArray<ActiveProgram> Programs, DateTimeOffset ComputedAt);

/// <summary>A program that is closed, withdrawn or past its deadline.</summary>
/// <param name="Program">The program.</param>
/// <param name="Status">Its status.</param>
public sealed record ClosedProgram(ActiveProgram Program, ProgramStatus Status);
