using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary>Where a command speaks: results to the standard output, as tables or as JSON; progress and complaints to the error output.</summary>
internal sealed class CommandOutput
{
    private readonly ParseResult _parsed;
    private readonly bool _json;

    public CommandOutput(ParseResult parsed, Option<bool> json)
    {
        _parsed = parsed;
        _json = parsed.GetValue(json);
        Tables = ConsoleOver(parsed.InvocationConfiguration.Output);
        Progress = ConsoleOver(parsed.InvocationConfiguration.Error);
    }

    /// <summary>For people; unused where JSON is asked for.</summary>
    public IAnsiConsole Tables { get; }

    public IAnsiConsole Progress { get; }

    public static Option<bool> JsonOption() => new("--json") { Description = "Print the result as one JSON document." };

    public void Complain(string line) => _parsed.InvocationConfiguration.Error.WriteLine(line);

    /// <summary>Prints a result in the form that was asked for.</summary>
    public void Print<T>(T result, JsonTypeInfo<T> type, Action<IAnsiConsole, T> print)
    {
        if (_json)
            _parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(result, type));
        else
            print(Tables, result);
    }

    private static IAnsiConsole ConsoleOver(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        // Redirected output has no width; 80 columns would break every id over two lines.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 160;
        return console;
    }
}
