using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MemoryCluster.Deploy.Tests.Containers;

/// <summary>A compose file, aliases and merges resolved, with a check of its keys against those of the Compose Specification that we use.</summary>
internal sealed record ComposeFile(YamlMappingNode Root)
{
    // Keys by path; * is any name. What is listed without children is a scalar or a list of scalars.
    private static readonly HashSet<string> Known =
    [
        "name", "services", "networks", "volumes", "services.*", "networks.*", "volumes.*",
        .. new[]
        {
            "image", "build", "build.context", "build.dockerfile", "build.args", "read_only", "tmpfs", "cap_drop", "security_opt", "restart", "stop_grace_period",
            "environment", "environment.*", "depends_on", "depends_on.*", "depends_on.*.condition", "command", "user", "volumes", "ports", "networks", "networks.*",
            "networks.*.ipv4_address", "healthcheck", "healthcheck.test", "healthcheck.interval", "healthcheck.timeout", "healthcheck.retries", "healthcheck.start_period",
        }.Select(key => $"services.*.{key}"),
        "networks.*.ipam", "networks.*.ipam.config", "networks.*.ipam.config.#", "networks.*.ipam.config.#.subnet",
    ];

    private static readonly HashSet<string> Named =
        ["services", "networks", "volumes", "services.*.environment", "services.*.depends_on", "services.*.networks"];

    public IReadOnlyDictionary<string, YamlMappingNode> Services { get; } =
        ((YamlMappingNode?)At(Root, "services"))?.Children.ToDictionary(pair => (string)pair.Key!, pair => (YamlMappingNode)pair.Value) ?? [];

    public IReadOnlyCollection<string> Volumes => NamesOf("volumes");

    public IReadOnlyCollection<string> Networks => NamesOf("networks");

    public static ComposeFile Read(string yaml) => new((YamlMappingNode)Merged(Load(yaml)));

    public static YamlNode Load(string yaml)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(new Parser(reader));
        return stream.Documents.Single().RootNode;
    }

    public static string? Scalar(YamlNode from, params string[] path) => At(from, path) is YamlScalarNode { Value: { } value } ? value : null;

    public static IReadOnlyList<string> List(YamlMappingNode from, string name) =>
        At(from, name) is YamlSequenceNode list ? [.. list.Select(item => (string)item!)] : [];

    public static YamlNode? At(YamlNode? from, params string[] path)
    {
        foreach (var name in path)
        {
            from = from switch
            {
                YamlMappingNode map => map.Children.TryGetValue(name, out var value) ? value : null,
                YamlSequenceNode list => int.TryParse(name, out var place) && place < list.Children.Count ? list[place] : null,
                _ => null,
            };
        }

        return from;
    }

    /// <summary>Paths of keys that are none of the specification's; extensions (x-…) are its way to say anything.</summary>
    public IReadOnlyList<string> UnknownKeys() => [.. UnknownKeys(Root, "", "")];

    private static IEnumerable<string> UnknownKeys(YamlNode node, string path, string pattern)
    {
        var inner = node switch
        {
            YamlMappingNode map => map.Children.Where(pair => path.Length > 0 || !((string)pair.Key!).StartsWith("x-", StringComparison.Ordinal))
                .Select(pair => ((string)pair.Key!, Named.Contains(pattern) ? "*" : (string)pair.Key!, pair.Value)),
            YamlSequenceNode list => list.Children.Select((item, at) => ($"{at}", "#", item)).Where(item => item.item is not YamlScalarNode),
            _ => [],
        };
        foreach (var (name, generic, child) in inner)
        {
            var (at, like) = path.Length == 0 ? (name, generic) : ($"{path}.{name}", $"{pattern}.{generic}");
            if (!Known.Contains(like))
            {
                yield return at;
                continue;
            }

            foreach (var unknown in UnknownKeys(child, at, like))
            {
                yield return unknown;
            }
        }
    }

    // "<<" takes over what the mapping itself does not say, as compose does.
    private static YamlNode Merged(YamlNode node)
    {
        if (node is YamlSequenceNode list)
        {
            return new YamlSequenceNode(list.Select(Merged));
        }

        if (node is not YamlMappingNode map)
        {
            return node;
        }

        var merged = new YamlMappingNode();
        foreach (var (key, value) in map.Children.Where(pair => (string?)pair.Key != "<<"))
        {
            merged.Add(key, Merged(value));
        }

        if (map.Children.TryGetValue("<<", out var below))
        {
            foreach (var (key, value) in ((YamlMappingNode)Merged(below)).Children.Where(pair => !merged.Children.ContainsKey(pair.Key)))
            {
                merged.Add(key, value);
            }
        }

        return merged;
    }

    private IReadOnlyCollection<string> NamesOf(string part) =>
        At(Root, part) is YamlMappingNode map ? [.. map.Children.Keys.Select(name => (string)name!)] : [];
}
