namespace MemoryCluster.Architecture.Tests;

/// <summary>Who may name whom. A reference that is not listed is forbidden.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Index"] = [],
        ["Abstractions"] = [],
        ["LocalEngine"] = [],
        ["Core"] = ["Abstractions", "Index"],
        ["Embedding"] = ["Abstractions", "Index"],
        ["Replayers"] = ["Abstractions"],
        ["Storage"] = ["Abstractions", "Core"],
        ["Grains"] = ["Abstractions", "Core", "Index", "Embedding"],
        ["Gateway"] = ["Abstractions"],
        ["Client"] = ["Abstractions"],
        ["Host"] = ["Abstractions", "Core", "Index", "Embedding", "Replayers", "Storage", "Grains", "Gateway", "Client", "LocalEngine"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMay(string project) => Assert.Empty(Repository.ReferencesOf(project).Except(Allowed[project]));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Code_NamesOnlyWhatItMay(string project)
    {
        if (!Product.IsBuilt(project))
        {
            return;
        }

        var named = Product.TypesNamedBy(project)
            .Where(type => type.Assembly.StartsWith("MemoryCluster.", StringComparison.Ordinal))
            .Where(type => !IsEngineContract(type))
            .Select(type => type.Assembly["MemoryCluster.".Length..])
            .Distinct();

        Assert.Empty(named.Except(Allowed[project]));
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Index")]
    [InlineData("Storage")]
    [InlineData("Embedding")]
    [InlineData("Replayers")]
    [InlineData("Client")]
    public void Code_OutsideOfTheShells_NamesNoEngine(string project)
    {
        // What a record's attributes are called is the contracts' business; the compiler copies none of them into other assemblies.
        var engine = Product.TypesNamedBy(project).Where(type => type.Namespace.StartsWith("Orleans", StringComparison.Ordinal));

        Assert.Empty(engine);
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Index")]
    [InlineData("Abstractions")]
    public void Rules_DoNoIo(string project)
    {
        string[] io = ["System.Net.Http", "System.Net.Sockets", "System.IO.FileSystem", "Microsoft.AspNetCore", "Microsoft.Extensions"];
        string[] files = ["File", "FileStream", "Directory", "Path"];

        var named = Product.TypesNamedBy(project).Where(type =>
            io.Any(prefix => type.Namespace.StartsWith(prefix, StringComparison.Ordinal)) || (type.Namespace == "System.IO" && files.Contains(type.Name)));

        Assert.Empty(named);
    }

    // The engine's contracts are Orleans's own namespaces: whoever names nothing else of it compiles on either engine.
    private static bool IsEngineContract((string Assembly, string Namespace, string Name) type) =>
        type.Assembly == "MemoryCluster.LocalEngine"
        && (type.Namespace.StartsWith("Orleans", StringComparison.Ordinal) || type.Namespace == "Microsoft.Extensions.DependencyInjection");
}
