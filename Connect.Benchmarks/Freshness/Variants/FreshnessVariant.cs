using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// A system to be checked: Connect, or Connect with one of its rules removed. The checker must detect every variant, or
/// its success would prove nothing.
/// </summary>
internal abstract class FreshnessVariant
{
    /// <summary>The product as it is.</summary>
    public const string Connect = "connect";

    /// <summary>All of them, the product first.</summary>
    public static ImmutableArray<FreshnessVariant> All { get; } =
    [
        new ConnectVariant(), new StockVariant(), new DeafVariant(), new EvictBeforeCommitVariant(), new EvictAfterVariant(),
        new NoLeaseVariant(), new LateNameVariant(),
    ];

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The fault that is needed to detect the variant; null where load alone detects it.</summary>
    public virtual string? NeededFault => null;

    /// <summary>Environment variables of its instances.</summary>
    public virtual IReadOnlyDictionary<string, string?> Settings => ImmutableDictionary<string, string?>.Empty;

    public static FreshnessVariant? Find(string name) => All.FirstOrDefault(variant => variant.Name == name);

    /// <summary>Replaces services of an instance, after the product has registered its own.</summary>
    public virtual void Apply(IServiceCollection services)
    {
    }
}

/// <summary>The product as it is.</summary>
internal sealed class ConnectVariant : FreshnessVariant
{
    public override string Name => Connect;
}
