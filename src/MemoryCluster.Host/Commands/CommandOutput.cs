using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary>Where a command speaks: results to the standard output, as tables or as JSON; progress and complaints to the error output.</summary>
internal sealed class CommandOutput
{
    // A file or a pipe has no width, and a row broken at that of an imagined terminal serves nobody.
    private const int RedirectedWidth = 1_000;

    private readonly ParseResult _parsed;
    private readonly bool _json;

    public CommandOutput(ParseResult parsed, Option<bool> json)
    {
        _parsed = parsed;
        _json = parsed.GetValue(json);
        Tables = ConsoleOver(parsed.InvocationConfiguration.Output, Console.IsOutputRedirected);
        Progress = ConsoleOver(parsed.InvocationConfiguration.Error, Console.IsErrorRedirected);
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

    private static IAnsiConsole ConsoleOver(TextWriter writer, bool isRedirected)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (isRedirected)
            (settings.Ansi, settings.Interactive) = (AnsiSupport.No, InteractionSupport.No);
        var console = AnsiConsole.Create(settings);
        if (isRedirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
