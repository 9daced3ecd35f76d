using Connect.Domain.Programs;

namespace Connect.Data.Model;

/// <summary>A board as workers are configured; the API cannot see their options.</summary>
public sealed class Board
{
    public Agency Agency { get; set; }

    /// <summary>Whether workers read it.</summary>
    public bool Enabled { get; set; }

    /// <summary>When a worker stored this row last.</summary>
    public DateTimeOffset AnnouncedAt { get; set; }
}
