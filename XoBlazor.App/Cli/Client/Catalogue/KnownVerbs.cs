using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Cli.Client.Catalogue;

/// <summary>The operations that commands are made from: those of the server as it told them last, or this binary's own.</summary>
internal sealed class KnownVerbs(ClientWorld world, ServerLogins logins)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>What is known of a server's operations; of none, or one that never told, this binary's.</summary>
    public ImmutableArray<VerbDescription> Of(KnownServer? server) => (server is null ? null : Kept(server)) ?? Own();

    /// <summary>Asks a server for its operations when these are others than what is remembered: it is of another version, or plugins came or went. One that has no such thing is left alone.</summary>
    public async Task RefreshAsync(ServerLink link, KnownServer server, CancellationToken token)
    {
        try
        {
            var version = (string?)await link.CallAsync("operation.getVersion", null, token);
            if (version is null || (version == server.Version && File.Exists(FileOf(server))))
                return;
            var told = await link.CallAsync("operation.getAll", null, token);
            PrivateFile.Write(FileOf(server), Encoding.UTF8.GetBytes(told?.ToJsonString() ?? "[]"));
            logins.Change(server with { Version = version });
        }
        catch (RpcException unknown) when (unknown.Code is ApiErrorCode.MethodNotFound)
        {
            // Xen Orchestra itself.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Only a memory: the own ones do.
        }
    }

    private ImmutableArray<VerbDescription>? Kept(KnownServer server)
    {
        try
        {
            return File.Exists(FileOf(server)) ? Read(JsonNode.Parse(File.ReadAllBytes(FileOf(server)))) : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ImmutableArray<VerbDescription> Own()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        return Read(OperationDescriptions.Of(services.GetRequiredService<OperationCatalogue>().All));
    }

    // What has no area and verb cannot be a command.
    private static ImmutableArray<VerbDescription> Read(JsonNode? told) =>
        [.. told.Deserialize<ImmutableArray<VerbDescription>>(s_json).Where(verb => verb.Name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < verb.Name.Length - 1 && !verb.Types.IsEmpty)];

    private string FileOf(KnownServer server) =>
        Path.Combine(world.Folder, $"operations-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.Url)))[..16]}.json");
}
