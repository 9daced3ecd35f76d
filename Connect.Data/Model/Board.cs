using Connect.Domain.Programs;

namespace Connect.Data.Model;

/// <summary>A board as the workers are configured: other processes cannot see their options.</summary>
public sealed class Board
{
    public Agency Agency { get; set; }

    /// <summary>Whether a worker reads it.</summary>
    public bool Enabled { get; set; }

    /// <summary>When a worker last said so.</summary>
    public DateTimeOffset AnnouncedAt { get; set; }
}
