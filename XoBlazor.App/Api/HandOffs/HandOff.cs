using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.HandOffs;

/// <summary>Bytes that a call leaves to be fetched or sent over plain HTTP.</summary>
internal abstract record HandOff
{
    private HandOff()
    {
    }

    /// <summary>
    /// To be fetched with GET. The work judges the requester's rights anew, writes the response, and fails with <see cref="ApiException"/> as long as
    /// nothing is written.
    /// </summary>
    /// <param name="FileName">Suggested to whoever saves it.</param>
    public sealed record Fetch(string? FileName, Func<HttpContext, Requester, CancellationToken, Task> Work) : HandOff;

    /// <summary>To be sent with POST or PUT. The work judges the requester's rights anew, reads the request's body and returns the answer.</summary>
    public sealed record Send(Func<HttpContext, Requester, CancellationToken, Task<ApiResult>> Work) : HandOff;
}
