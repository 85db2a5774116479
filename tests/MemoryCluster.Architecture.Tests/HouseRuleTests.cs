using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryCluster.Architecture.Tests;

public sealed partial class HouseRuleTests
{
    [Fact]
    public void PublicField_IsNeverMutable()
    {
        var fields = Product.Names.SelectMany(name => Product.Load(name).GetExportedTypes())
            .Where(type => !type.IsEnum && type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral);

        Assert.Empty(fields);
    }

    [Fact]
    public void Class_IsSealed_UnlessItIsMadeToBeInherited()
    {
        // The contracts of the local engine are as open as Orleans's.
        var classes = Product.Names.Where(name => name != "LocalEngine").SelectMany(name => Product.Load(name).GetTypes())
            .Where(type => type.IsClass && type.Namespace?.StartsWith("MemoryCluster", StringComparison.Ordinal) == true)
            .Where(type => !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && type.Name[0] != '<')
            .ToArray();
        var bases = classes.Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();

        var open = classes.Where(type => !type.IsSealed && !type.IsAbstract && !bases.Contains(type));

        Assert.Empty(open);
    }

    [Fact]
    public void Source_HoldsNoUnfinishedWork()
    {
        var self = Path.Combine("tests", "MemoryCluster.Architecture.Tests", $"{nameof(HouseRuleTests)}.cs");
        var unfinished = Repository.SourceFiles
            .Where(path => !path.EndsWith(self, StringComparison.Ordinal) && Unfinished().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(Repository.Root, path));

        Assert.Empty(unfinished);
    }

    [Fact]
    public void Readme_NamesOnlyProjectsAndFilesThatAreThere()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var named = ProjectArgument().Matches(readme).Concat(LocalLink().Matches(readme)).Select(match => match.Groups[1].Value).Distinct().ToArray();

        var absent = named.Where(path => !Path.Exists(Path.Combine(Repository.Root, path)));

        Assert.NotEmpty(named);
        Assert.Empty(absent);
    }

    // By default a web project is run in its own folder, and the README's data/admin.key would lie elsewhere.
    [Fact]
    public void Host_RunsInItsCallersFolder()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "MemoryCluster.Host", "MemoryCluster.Host.csproj"));

        Assert.Equal("false", project.Descendants("EnableDefaultRunWorkingDirectory").Single().Value);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#region|(Fact|Theory)\([^)]*Skip""")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?:--project|dotnet test|dotnet build) ([A-Za-z][\w./-]*)")]
    private static partial Regex ProjectArgument();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex LocalLink();
}
