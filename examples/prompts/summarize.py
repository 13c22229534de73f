"""Summarizes a meeting for the people who were not there."""

from openai import OpenAI

SUMMARY_PROMPT = """I want you to please read the transcript of the meeting below very carefully and write a
summary of it for people who could not be there, and also list what was decided and who does what until when,
and then mention open questions if there are any. Don't make it too long.

Language: {language}

Transcript:
{transcript}
"""

client = OpenAI()


def summarize(transcript: str, language: str = "English") -> str:
    answer = client.chat.completions.create(
        model="gpt-4.1-mini",
        messages=[
            {
                "role": "user",
                "content": SUMMARY_PROMPT.format(transcript=transcript, language=language),
            }
        ],
    )
    return answer.choices[0].message.content or ""
