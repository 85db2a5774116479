using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemoryCluster.Architecture.Tests;

/// <summary>The product's assemblies as they were built.</summary>
internal static class Product
{
    public static IEnumerable<string> Names => Repository.Projects.Where(IsBuilt);

    /// <summary>The local engine is no part of an Orleans build.</summary>
    public static bool IsBuilt(string project) => File.Exists(PathOf(project));

    public static Assembly Load(string project) => Assembly.LoadFrom(PathOf(project));

    /// <summary>Types of other assemblies that the project's code names.</summary>
    public static IReadOnlyList<(string Assembly, string Namespace, string Name)> TypesNamedBy(string project)
    {
        using var file = new PEReader(File.OpenRead(PathOf(project)));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Select(type => (
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                metadata.GetString(type.Namespace),
                metadata.GetString(type.Name)))];
    }

    private static string PathOf(string project) =>
        Path.Combine(AppContext.BaseDirectory, project == "Host" ? "memorycluster.dll" : $"MemoryCluster.{project}.dll");
}
