using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>Which programs a ranking is made of; scored alike, and never in one ranking.</summary>
public enum RankedStatus
{
    /// <summary>Open calls (<see cref="ProgramStatus.Active"/>).</summary>
    Active,

    /// <summary>Calls that are still to come (<see cref="ProgramStatus.Upcoming"/>).</summary>
    Upcoming,
}
