using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Transfers;

/// <summary>Whose a transfer is.</summary>
/// <param name="IsGood">Whether they are still signed in; asked at the beginning and every few seconds.</param>
/// <param name="IsFrom">Whether a request comes from them. The address alone is the permission of programs that send nothing else along.</param>
public sealed record TransferOwner(Requester Requester, Func<CancellationToken, Task<bool>> IsGood, Func<HttpContext, bool> IsFrom);
