namespace Connect.Tests.Unit.Api.Document;

/// <summary>The effect of a difference on consumers of the first document.</summary>
public enum DifferenceKind
{
    /// <summary>It breaks them.</summary>
    Breaks,

    /// <summary>It does not affect them.</summary>
    Adds,

    /// <summary>Descriptions and examples.</summary>
    Words,
}

/// <summary>One difference.</summary>
/// <param name="Kind">Its effect.</param>
/// <param name="Where">The operation, and the place in it.</param>
/// <param name="What">The difference.</param>
public sealed record Difference(DifferenceKind Kind, string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
