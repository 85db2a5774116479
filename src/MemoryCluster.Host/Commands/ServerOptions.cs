using System.CommandLine;
using System.CommandLine.Parsing;
using MemoryCluster.Client;

namespace MemoryCluster.Host.Commands;

/// <summary>Which server a command talks to, and with which key.</summary>
internal sealed class ServerOptions
{
    private readonly Option<Uri> _url = UrlOption();

    private readonly Option<string?> _key = new("--key") { Description = "The API key. Others on this machine can see it: prefer --key-file." };

    private readonly Option<FileInfo> _keyFile = new("--key-file")
    {
        Description = "A file that holds the API key; the default is where a server started in this folder leaves its first one.",
        DefaultValueFactory = _ => new FileInfo(DataFolders.AdminKey(DataFolders.Default)),
    };

    public static Option<Uri> UrlOption() => new("--url")
    {
        Description = "The server's address.",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = ReadUrl,
    };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_key);
        command.Add(_keyFile);
    }

    public MemoryClusterClient Connect(ParseResult parsed) => new(parsed.GetRequiredValue(_url), Key(parsed));

    private static Uri? ReadUrl(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        argument.AddError($"--url is '{text}'; it is an address such as http://127.0.0.1:8080.");
        return null;
    }

    // Without a file the server is asked without a key: it may run with --auth off, and says so itself if it does not.
    private string? Key(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(_keyFile);
        return parsed.GetValue(_key) ?? (file.Exists ? File.ReadAllText(file.FullName).Trim() : null);
    }
}
