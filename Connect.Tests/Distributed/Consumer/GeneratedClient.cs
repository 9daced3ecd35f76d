using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Connect.Tests.Distributed.Consumer;

/// <summary>A client that is generated from a document, and compiled with the code that uses it.</summary>
internal static class GeneratedClient
{
    private const string Namespace = "Connect.Consumer";

    /// <summary>The client's source.</summary>
    public static async Task<string> GenerateAsync(string document, CancellationToken cancellationToken)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "ConnectClient" };
        settings.CSharpGeneratorSettings.Namespace = Namespace;
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        settings.CSharpGeneratorSettings.DateType = "System.DateOnly";
        return new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(document, cancellationToken), settings).GenerateFile();
    }

    /// <summary>Both in one assembly.</summary>
    public static Assembly Compile(params string[] sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            Namespace,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, options, cancellationToken: TestContext.Current.CancellationToken)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
