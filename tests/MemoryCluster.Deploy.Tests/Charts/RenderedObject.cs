using YamlDotNet.RepresentationModel;

namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>One rendered object, with ways into it.</summary>
internal sealed class RenderedObject(YamlMappingNode node)
{
    public string Kind => this["kind"]!;

    public string Name => this["metadata.name"]!;

    /// <summary>The role of its pods, or what it is for.</summary>
    public string? Component => At("metadata", "labels", "app.kubernetes.io/component") is YamlScalarNode { Value: { } value } ? value : null;

    /// <summary>The scalar at a path with points between, numbers for the places of a list; null where there is none.</summary>
    public string? this[string path] => At(path.Split('.')) is YamlScalarNode { Value: { } value } ? value : null;

    /// <summary>What a pod of it runs, model servers included; nothing for what has no pods.</summary>
    public IEnumerable<YamlMappingNode> Containers =>
        PodSpec is not { } pod ? [] : new[] { "initContainers", "containers" }.SelectMany(list => Children(pod, list)).Cast<YamlMappingNode>();

    public YamlMappingNode? PodSpec => (Kind == "Pod" ? At("spec") : At("spec", "template", "spec")) as YamlMappingNode;

    public static IReadOnlyList<RenderedObject> ReadAll(string yaml)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(reader);
        return [.. stream.Documents.Select(document => new RenderedObject((YamlMappingNode)document.RootNode))];
    }

    public static IEnumerable<YamlNode> Children(YamlMappingNode parent, string list) =>
        parent.Children.TryGetValue(list, out var found) ? (YamlSequenceNode)found : [];

    public static string? Scalar(YamlNode parent, params ReadOnlySpan<string> path) => Step(parent, path) is YamlScalarNode { Value: { } value } ? value : null;

    public YamlNode? At(params ReadOnlySpan<string> path) => Step(node, path);

    private static YamlNode? Step(YamlNode from, ReadOnlySpan<string> path)
    {
        var at = from;
        foreach (var name in path)
        {
            if (at is YamlSequenceNode list && int.TryParse(name, out var place) && place < list.Children.Count)
            {
                at = list[place];
            }
            else if (at is not YamlMappingNode map || !map.Children.TryGetValue(name, out at))
            {
                return null;
            }
        }

        return at;
    }
}
