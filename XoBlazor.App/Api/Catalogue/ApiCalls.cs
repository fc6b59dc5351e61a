using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>Makes calls for every face: is the caller's session still good, is there such a method, may they, what came of it. Safe from any thread.</summary>
internal sealed partial class ApiCalls(ApiCatalogue catalogue, AccessEngine access, ApiSessions sessions, ILogger<ApiCalls> log)
{
    public ApiCatalogue Catalogue => catalogue;

    /// <summary>The answer, or what is wrong, in words that may leave the server. Fails with <see cref="OperationCanceledException"/> alone, when the caller is gone.</summary>
    /// <param name="parameters">An object, an array or nothing.</param>
    /// <param name="closed">The caller is gone.</param>
    public async ValueTask<(ApiResult Result, ApiException? Error)> RunAsync(IApiCaller caller, string method, JsonElement? parameters, CancellationToken closed)
    {
        try
        {
            if (caller.Session is { } session && !sessions.Use(session))
                throw ApiException.Unauthorized();
            var found = catalogue.Find(method) ?? throw ApiException.MethodNotFound(Short(method));
            return (await found.Handler(ApiCall.Prepare(found, catalogue, access, caller, parameters, closed)), null);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failed)
        {
            return (default, Told(failed, method));
        }
    }

    /// <summary>A failure as it may be told: what was not made for people goes to the log, and only says where to look for it.</summary>
    public ApiException Told(Exception failed, string method)
    {
        switch (failed)
        {
            case ApiException told:
                return told;
            case AdministrationRefusedException refused:
                return ApiException.Forbidden(method, refused.Message);
            default:
                var id = Guid.NewGuid().ToString("N")[..8];
                LogBroken(failed, Short(method), id);
                return new(ApiErrorCode.Unknown, $"internal error {id}; the server's log has the details", new JsonObject { ["errorId"] = id });
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    [LoggerMessage(Level = LogLevel.Error, Message = "The API's {Method} broke ({Id})")]
    private partial void LogBroken(Exception exception, string method, string id);
}
