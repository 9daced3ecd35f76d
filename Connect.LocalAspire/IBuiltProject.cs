namespace Connect.LocalAspire;

/// <summary>Where the build put a project's program. The generated <c>Projects.*</c> classes say it; Aspire has no such type.</summary>
public interface IBuiltProject
{
    /// <summary>The path of the built assembly.</summary>
    string AssemblyPath { get; }
}
