namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that can be named in a manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The name in the manifest, in braces.</summary>
    string ValueExpression { get; }
}
