"""What a coverage report asks of GitHub's GraphQL interface: merged pull requests by their last update."""

from __future__ import annotations

from onrecord.adapters.github_queries import ACTOR, FILES

_LIMIT = "rateLimit { limit remaining resetAt }"
_OF_PULLS = "$owner: String!, $name: String!, $base: String!, $first: Int!, $after: String"
_PULLS_INTO = """pullRequests(
      states: MERGED, baseRefName: $base, first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}
    )"""

# Merged pull requests with all that a coverage report asks of them, 5 points for 100. By last update: nothing was merged
# after it was updated last, so whoever reads down to a day has all that was merged since.
MERGED_INTO = f"""\
query MergedInto({_OF_PULLS}) {{
  {_LIMIT}
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    defaultBranchRef {{ name }}
    {_PULLS_INTO} {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        number title body createdAt updatedAt mergedAt author {ACTOR}
        mergeCommit {{ oid message }}
        labels(first: 50) {{ nodes {{ name }} }}
        latestOpinionatedReviews(first: 10, writersOnly: true) {{ nodes {{ state author {ACTOR} }} }}
        files(first: 100) {{ totalCount {FILES} }}
        comments(first: 20) {{ totalCount nodes {{ body authorAssociation viewerDidAuthor author {ACTOR} }} }}
        timelineItems(first: 5, itemTypes: [COMMENT_DELETED_EVENT]) {{
          nodes {{ ... on CommentDeletedEvent {{ actor {ACTOR} deletedCommentAuthor {ACTOR} }} }}
        }}
      }}
    }}
  }}
}}
"""

# Which of them were updated last, 1 point: whether anything is new since they were read.
LATEST = f"""\
query Latest({_OF_PULLS}) {{
  {_LIMIT}
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    defaultBranchRef {{ name }}
    {_PULLS_INTO} {{ nodes {{ number updatedAt }} }}
  }}
}}
"""


def more_files_query(count: int) -> str:
    """Return the query for two more pages of the files of `count` pull requests, 2 points for 100, and LATEST with it.

    Their numbers are the variables n0, n1 and so on, the cursors c0, c1: the page behind it, and the last one.
    """
    declared = "".join(f", $n{at}: Int!, $c{at}: String" for at in range(count))
    fields = "\n".join(
        f"    p{at}: pullRequest(number: $n{at}) {{ number files(first: 100, after: $c{at}) {{ ...Page }}"
        f" end: files(last: 100) {{ ...Page }} }}"
        for at in range(count)
    )
    return f"""\
query MoreFiles({_OF_PULLS}{declared}) {{
  {_LIMIT}
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    defaultBranchRef {{ name }}
    {_PULLS_INTO} {{ nodes {{ number updatedAt }} }}
{fields}
  }}
}}
fragment Page on PullRequestChangedFileConnection {{ totalCount {FILES} }}
"""


QUERIES = (MERGED_INTO, LATEST, more_files_query(1))
