using System.Text.Json;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Connect.Data.Programs.Lists;

/// <summary>
/// A program as lists are filtered, searched and ordered by. The columns from <see cref="Phase"/> on are computed by the database, so
/// that a worker of another release, a correction or a script that writes a program cannot leave them outdated.
/// </summary>
internal sealed class ListedProgram
{
    public Guid Id { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public Agency Agency { get; init; }

    public ProgramKind Kind { get; init; }

    public ProgramStatus Status { get; init; }

    public string? Ministry { get; init; }

    public string? Category { get; init; }

    public List<string> Keywords { get; init; } = [];

    public List<Sector> Sectors { get; init; } = [];

    public List<OrganizationType> TargetTypes { get; init; } = [];

    public int? MinTrl { get; init; }

    public int? MaxTrl { get; init; }

    /// <summary>Whole KRW.</summary>
    public long? BudgetAmount { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public required string AnnouncementUrl { get; init; }

    /// <summary>The <see cref="Connect.Data.Caching.ListPhase"/> by its status alone: whether its deadline has passed is asked with each query.</summary>
    public short Phase { get; init; }

    /// <summary>The provinces that it is for; empty for everywhere.</summary>
    public List<Region> Regions { get; init; } = [];

    /// <summary>The searched form of the title.</summary>
    public required string SearchTitle { get; init; }

    /// <summary>The searched form of title and keywords.</summary>
    public required string SearchHead { get; init; }

    /// <summary>The searched form of everything: title, keywords, category, ministry, announcing agency and description.</summary>
    public required string SearchText { get; init; }
}

/// <summary>Reads <c>programs</c> as if it were a view: its columns that are computed are the migrations' alone.</summary>
internal sealed class ListedProgramConfiguration : IEntityTypeConfiguration<ListedProgram>
{
    // The column is made of JSON, where enums have the names of the wire.
    private static readonly ValueConverter<Region, string> Regions = new(
        region => JsonNamingPolicy.SnakeCaseUpper.ConvertName(region.ToString()),
        name => Enum.Parse<Region>(name.Replace("_", "", StringComparison.Ordinal), true));

    public void Configure(EntityTypeBuilder<ListedProgram> builder)
    {
        builder.HasNoKey().ToView("programs");
        builder.Property(p => p.Agency).HasConversion<string>();
        builder.Property(p => p.Kind).HasConversion<string>();
        builder.Property(p => p.Status).HasConversion<string>();
        builder.PrimitiveCollection(p => p.TargetTypes).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(p => p.Sectors).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(p => p.Regions).ElementType(e => e.HasConversion(Regions));
    }
}
