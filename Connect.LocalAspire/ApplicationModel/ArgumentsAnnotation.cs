namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to the arguments of a resource's process.</summary>
internal sealed class ArgumentsAnnotation(IReadOnlyList<string> arguments) : IResourceAnnotation
{
    public IReadOnlyList<string> Arguments { get; } = arguments;
}
