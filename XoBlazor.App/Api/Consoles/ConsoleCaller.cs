using System.Net;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Consoles;

/// <summary>A program that asks for a console.</summary>
internal sealed class ConsoleCaller(HttpContext context) : IApiCaller
{
    public string Face => "json-rpc";

    public ApiSession? Session => null;

    public IPAddress? Address => context.Connection.RemoteIpAddress;

    public string? Program => context.Request.Headers.UserAgent.ToString();
}
