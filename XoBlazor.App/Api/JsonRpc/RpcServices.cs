using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>What every connection needs.</summary>
internal sealed partial class RpcServices(
    ApiCatalogue catalogue, AccessEngine access, ApiSessions sessions, UserRates userRates, IEnumerable<IApiFollower> followers, IOptions<RpcLimits> limits, TimeProvider time,
    ILogger<RpcServices> log)
{
    public ApiCatalogue Catalogue => catalogue;

    public AccessEngine Access => access;

    public ApiSessions Sessions => sessions;

    public UserRates UserRates => userRates;

    public ImmutableArray<IApiFollower> Followers { get; } = [.. followers];

    public RpcLimits Limits => limits.Value;

    public TimeProvider Time => time;

    /// <summary>Writes an unexpected failure to the log and says where to look for it, and nothing else.</summary>
    public ApiException Internal(Exception unexpected, string method)
    {
        var id = Guid.NewGuid().ToString("N")[..8];
        LogBroken(unexpected, method.Length <= 100 ? method : method[..100], id);
        return new(ApiErrorCode.Unknown, $"internal error {id}; the server's log has the details", new JsonObject { ["errorId"] = id });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The API's {Method} broke ({Id})")]
    private partial void LogBroken(Exception exception, string method, string id);
}
