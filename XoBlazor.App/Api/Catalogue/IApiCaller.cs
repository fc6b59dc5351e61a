using System.Net;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>Who calls and from where, whatever the face. Safe from any thread.</summary>
internal interface IApiCaller
{
    /// <summary>The face's name in audit and log: <c>json-rpc</c>, <c>rest</c>.</summary>
    string Face { get; }

    /// <summary>Who is signed in; null for nobody.</summary>
    ApiSession? Session { get; }

    /// <summary>The IP address of the caller.</summary>
    IPAddress? Address { get; }

    /// <summary>What the program calls itself; null when it does not say.</summary>
    string? Program { get; }

    /// <summary>An operation was begun for the caller, of several maybe. Does not throw.</summary>
    void Begun(OperationRun run)
    {
    }
}
