namespace Connect.Api.Http;

/// <summary>Metadata of routes for the OpenAPI document that neither parameters nor results contain.</summary>
internal static class DocumentMetadata
{
    /// <summary>The answer is written in the language that <c>Accept-Language</c> asks for.</summary>
    public static TBuilder AnswersInLanguage<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Localized());

    /// <summary>The answer says in <c>X-Cache</c> where it came from.</summary>
    public static TBuilder ReportsCache<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Cached());

    /// <summary>See <see cref="AnswersInLanguage"/>.</summary>
    internal sealed record Localized;

    /// <summary>See <see cref="ReportsCache"/>.</summary>
    internal sealed record Cached;
}

/// <summary>The values of a query parameter that is read as text, so that an unknown one is an error like any other.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class WireNamesAttribute<TEnum> : WireNamesAttribute
    where TEnum : struct, Enum
{
    public override Type Type => typeof(TEnum);
}

/// <summary>See <see cref="WireNamesAttribute{TEnum}"/>.</summary>
internal abstract class WireNamesAttribute : Attribute
{
    /// <summary>The enum.</summary>
    public abstract Type Type { get; }
}
