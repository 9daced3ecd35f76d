namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a new annotation meets the ones of its type.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>It joins them.</summary>
    Append = 0,

    /// <summary>It takes their place.</summary>
    Replace = 1,
}
