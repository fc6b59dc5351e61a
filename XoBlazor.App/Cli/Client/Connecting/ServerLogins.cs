using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>The servers the user works with, in <c>cli.json</c> of the configuration folder. It holds tokens: nobody else may read it.</summary>
internal sealed class ServerLogins(ClientWorld world)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private string File => Path.Combine(world.Folder, "cli.json");

    /// <summary>The server that is meant when none is named; null before the first sign-in.</summary>
    public KnownServer? Current => Read() is { } kept && kept.Current is { } url ? Find(url) : null;

    public KnownServer? Find(string url) => Read().Servers.FirstOrDefault(one => one.Url == url);

    /// <summary>Remembers a server, and makes it the one that is meant.</summary>
    public void Keep(KnownServer server) => Write(new(server.Url, [.. Read().Servers.Where(one => one.Url != server.Url), server]));

    /// <summary>Remembers something else of a server that is known already.</summary>
    public void Change(KnownServer server) => Write(Read() with { Servers = [.. Read().Servers.Where(one => one.Url != server.Url), server] });

    private Kept Read()
    {
        try
        {
            if (!System.IO.File.Exists(File))
                return new(null, []);
            if (System.IO.File.GetUnixFileMode(File) is var mode && (mode & ~OwnerOnly) != 0)
            {
                System.IO.File.SetUnixFileMode(File, OwnerOnly);
                world.Terminal.Error.WriteLine($"xo-blazor: others could read {File}; they cannot any more. Whoever did has your token: sign out and in again.");
            }
            return JsonSerializer.Deserialize<Kept>(System.IO.File.ReadAllBytes(File), s_json) ?? new(null, []);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"{File} cannot be read: {problem.Message.TrimEnd('.')}. Remove it and sign in again.", problem);
        }
    }

    private void Write(Kept kept)
    {
        try
        {
            Directory.CreateDirectory(world.Folder, OwnersFolder);
            PrivateFile.Write(File, JsonSerializer.SerializeToUtf8Bytes(kept, s_json));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"{File} cannot be written: {problem.Message}", problem);
        }
    }

    private sealed record Kept(string? Current, ImmutableArray<KnownServer> Servers);
}
