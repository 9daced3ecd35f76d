namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside the application.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Func<string> _value;

    internal ParameterResource(string name, Func<string> value, bool secret)
        : base(name)
    {
        _value = value;
        Secret = secret;
    }

    /// <summary>Whether the value is kept out of logs and manifests.</summary>
    public bool Secret { get; }

    /// <inheritdoc />
    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.value}}";

    internal string Read() => _value();

    /// <summary>The value.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(Read());
}
