using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Connect.Data.Model;

internal sealed class ScrapePageConfiguration : IEntityTypeConfiguration<ScrapePage>
{
    private static readonly ScrapePageJson Json = new(new JsonSerializerOptions(ScrapePageJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public void Configure(EntityTypeBuilder<ScrapePage> builder)
    {
        builder.ToTable("scrape_pages");
        builder.HasKey(p => p.RunId);
        builder.Property(p => p.RunId).ValueGeneratedNever();
        builder.Property(p => p.Reason).HasConversion<string>().HasMaxLength(16);
        builder.Property(p => p.Address).HasMaxLength(ScrapePage.MaxAddressLength);
        builder.Property(p => p.Text).HasMaxLength(ScrapePage.MaxTextLength);
        builder.Property(p => p.Findings).HasColumnType("jsonb").HasConversion(
            new ValueConverter<ImmutableArray<LayoutFinding>, string>(found => Write(found), text => Read(text)),
            new ValueComparer<ImmutableArray<LayoutFinding>>(
                (left, right) => left.SequenceEqual(right), found => found.Length, found => found));
        builder.HasOne<ScrapeRun>().WithOne().HasForeignKey<ScrapePage>(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    private static string Write(ImmutableArray<LayoutFinding> found) => JsonSerializer.Serialize(found, Json.ImmutableArrayLayoutFinding);

    private static ImmutableArray<LayoutFinding> Read(string text) => JsonSerializer.Deserialize(text, Json.ImmutableArrayLayoutFinding);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<LayoutFinding>))]
internal sealed partial class ScrapePageJson : JsonSerializerContext;
