using System.Runtime.CompilerServices;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

internal sealed partial class LdapConnection
{
    public async IAsyncEnumerable<LdapSearchItem> SearchAsync(LdapSearch search, [EnumeratorCancellation] CancellationToken token)
    {
        var left = search.MaxEntries;
        ReadOnlyMemory<byte> cookie = default;
        do
        {
            // A page is taken in whole before any of it is handed on: time counts for the server only, and the connection is free meanwhile.
            var page = new List<LdapSearchItem>();
            var isTooMuch = false;
            var sent = cookie;
            var done = await ConverseAsync(LdapStage.Searching, id => LdapRequests.Search(id, search, sent, Target.AnswerTimeout), LdapDecoder.SearchAnswer, Take, token);
            foreach (var item in page)
                yield return item;

            if (isTooMuch)
                throw LdapFailures.OfResult(Target, LdapStage.Searching, done.Result with { Code = LdapResultCode.SizeLimitExceeded });
            if (done.Result.Code != LdapResultCode.Success)
                throw LdapFailures.OfResult(Target, LdapStage.Searching, done.Result);

            var next = done.Result.Cookie;
            // A server that hands out the same cookie with empty pages would keep us for ever.
            if (!next.IsEmpty && page.Count == 0 && next.Span.SequenceEqual(cookie.Span))
                throw new LdapUnreachableException(Target, LdapStage.Searching, LdapUnreachableReason.BadAnswer, "repeats the same empty page of a search. Turn paging off for this directory.");
            cookie = next;

            void Take(LdapSearchItem item)
            {
                if (left-- > 0)
                    page.Add(item);
                else
                    isTooMuch = true;
            }
        }
        while (!cookie.IsEmpty);
    }
}
