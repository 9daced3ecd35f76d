namespace Connect.Data.Model;

/// <summary>A random key that the application made for itself, protected by Data Protection.</summary>
public sealed class AppSecret
{
    public required string Name { get; set; }

    public required string ProtectedValue { get; set; }
}
