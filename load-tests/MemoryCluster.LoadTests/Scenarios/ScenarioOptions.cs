using System.CommandLine;
using System.Globalization;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>The options that loads of all kinds have.</summary>
internal sealed class ScenarioOptions
{
    private static readonly BenchSettings Defaults = new();

    private readonly Option<string> _target = new("--target")
    {
        Description = "local (one process), orleans (silos, a gateway and Redis as processes), or the address of a server that runs already.",
        DefaultValueFactory = _ => "local",
    };

    private readonly Option<FileInfo?> _keyFile = new("--key-file") { Description = "The file with the admin key of a server that runs already." };
    private readonly Option<FileInfo?> _host = new("--host") { Description = "The host's assembly; by default the one built in the same configuration." };
    private readonly Option<StoreKind> _store = new("--store") { Description = "Where one process keeps its memories: file or redis.", DefaultValueFactory = _ => StoreKind.File };
    private readonly Option<int> _silos = new("--silos") { Description = "Silos of --target orleans.", DefaultValueFactory = _ => 3 };
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "A folder of data sets whose texts are used; without it texts are invented." };
    private readonly Option<int> _memories = Number("--memories", "Memories to hold before the load.", Defaults.Memories, 1, 5_000_000);
    private readonly Option<int> _teams = Number("--teams", "Teams that hold them.", Defaults.Teams, 2, 1_000);
    private readonly Option<int> _callers = Number("--callers", "Connections, and so the most requests under way.", Defaults.Callers, 1, 4_000);
    private readonly Option<int> _warmUp = Number("--warm-up", "Seconds of load before anything is measured.", (int)Defaults.WarmUp.TotalSeconds, 0, 600);
    private readonly Option<int> _step = Number("--step", "Seconds at each rate while the capacity is looked for.", (int)Defaults.Step.TotalSeconds, 1, 600);
    private readonly Option<int> _seed = new("--seed") { Description = "Decides texts, arrivals and who is killed.", DefaultValueFactory = _ => Defaults.Seed };
    private readonly Option<string[]> _settings = new("--setting") { Description = "A setting of the host as NAME=VALUE, such as Gateway__Shedding__Enabled=false; may be repeated." };

    public IEnumerable<Option> All => [_target, _keyFile, _host, _store, _silos, _data, _memories, _teams, _callers, _warmUp, _step, _seed, _settings];

    /// <summary>A whole number within bounds; one out of them is refused with the bounds.</summary>
    public static Option<int> Number(string name, string description, int value, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < min || given > max))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {given}; it is {min} to {max}."));
        });
        return option;
    }

    public BenchSettings Bench(ParseResult parsed) => new()
    {
        Corpus = parsed.GetValue(_data)?.FullName,
        Memories = parsed.GetValue(_memories),
        Teams = parsed.GetValue(_teams),
        Callers = parsed.GetValue(_callers),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
        Step = TimeSpan.FromSeconds(parsed.GetValue(_step)),
        Seed = parsed.GetValue(_seed),
    };

    /// <param name="folder">Where what is started keeps its data.</param>
    /// <exception cref="ArgumentException">They contradict each other; the message says how.</exception>
    public TargetSettings Target(ParseResult parsed, string folder)
    {
        var (kind, url) = TargetSettings.Parse(parsed.GetRequiredValue(_target));
        var settings = new TargetSettings
        {
            Kind = kind,
            Folder = folder,
            Url = url,
            KeyFile = parsed.GetValue(_keyFile)?.FullName,
            HostAssembly = parsed.GetValue(_host)?.FullName,
            Store = parsed.GetValue(_store),
            Silos = parsed.GetValue(_silos),
            Environment = (parsed.GetValue(_settings) ?? []).Select(Pair).ToDictionary(pair => pair.Name, pair => pair.Value),
        };
        return settings is { Kind: TargetKind.Running, KeyFile: null }
            ? throw new ArgumentException("A server that runs already needs --key-file.")
            : settings;
    }

    private static (string Name, string Value) Pair(string setting) => setting.Split('=', 2) is [var name, var value]
        ? (name, value)
        : throw new ArgumentException($"--setting is '{setting}'; it is NAME=VALUE.");
}
